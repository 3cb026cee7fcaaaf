import { findBrowser } from '../../scripts/browser.mjs';

/** Before the first browser test: there is a Chromium, or the run fails with a sentence. */
export default function setup(): void {
  findBrowser();
}
