// The command line: npm run --silent sim -- worlds
import { bundleAndRun } from './bundle.mjs';

await bundleAndRun('src/cli/main.ts');
