import mdx from '@mdx-js/rollup';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * All that the built page may do. There is no way out: nothing is loaded from, or sent to, another origin.
 * `style-src` needs 'unsafe-inline' because React and D3 set style attributes for what moves.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Puts the policy first into the head of the built page. Not under `npm run dev`: Vite injects styles and scripts there. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'lockstep:content-security-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
          injectTo: 'head-prepend',
        },
      ],
    },
  };
}

/** The kernel and its sentences, what reads scenarios and the short form of links, the machines. Not what only writes links, unpacks them or lists worlds. */
const NEEDED_BY_EVERY_RUN =
  /\/src\/(kernel\/\w+|protocols\/\w+|scenarios\/(?!(loaders|released|link|linkPacking|deedWriting|blob|checksum|base64url|jsonReading|text)\.ts)\w+|scenarios\/worlds\/kernelSentences|measures\/window)\.ts$|\/node_modules\/(xstate|valibot)\//;

/** React, and what both the first script and parts that load on their own need of ours: else each is a small file of its own. */
const NEEDED_BY_EVERY_PAGE =
  /vite\/preload-helper|\/node_modules\/(react|react-dom|scheduler)\/|\/src\/ui\/(cx|drawIcon|icons|moreIcons|format|Button|lazyPart|parts|importAgain|Boundary|Trouble)\b|\/src\/workshop\/storage\.ts$/;

export default defineConfig({
  // Relative, so that the site works from any sub-path of any static host.
  base: './',
  plugins: [{ enforce: 'pre', ...mdx() }, react({ include: /\.(mdx|[jt]sx?)$/ }), contentSecurityPolicy()],
  build: {
    target: 'es2022',
    // A small font inlined as `data:` would be refused by `font-src 'self'`.
    assetsInlineLimit: 0,
    // Every browser that understands our target preloads modules by itself.
    modulePreload: { polyfill: false },
    // The licences of what is bundled ask to travel with it.
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      checks: { pluginTimings: false },
      // What every scenario needs, whatever its world, in one file: packed together it is smaller than in ten.
      // Without what it leans on: the list of worlds stays with the page's first script.
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: 'run', test: NEEDED_BY_EVERY_RUN },
            { name: 'page', test: NEEDED_BY_EVERY_PAGE },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
});
