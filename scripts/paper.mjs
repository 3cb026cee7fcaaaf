// The published numbers at full length: npm run paper
import { bundleAndRun } from './bundle.mjs';

await bundleAndRun('tests/paper/full.ts');
