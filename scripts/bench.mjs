// The figures of the README: npm run bench
import { bundleAndRun } from './bundle.mjs';

await bundleAndRun('bench/main.ts');
