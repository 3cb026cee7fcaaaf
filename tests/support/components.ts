import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// What is waited for comes some time: a slow machine is no failure.
configure({ asyncUtilTimeout: 20_000 });

afterEach(cleanup);
