// The figures of the README: npm run bench
import { benchPage } from '../bench/page.mjs';
import { bundleAndRun } from './bundle.mjs';

await bundleAndRun('bench/main.ts');
console.log('');
await benchPage();
