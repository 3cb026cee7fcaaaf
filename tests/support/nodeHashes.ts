import type { TestProject } from 'vitest/node';
import { hashesOfRuns } from './sameEverywhere.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What Node made of the runs of `sameEverywhere.ts`. */
    nodeHashes: { [name: string]: string };
  }
}

/** Runs in Node, before the tests in Chromium. */
export default function setup(project: TestProject): void {
  project.provide('nodeHashes', hashesOfRuns());
}
