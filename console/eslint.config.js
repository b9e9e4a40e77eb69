import a11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const FEATURES = ['overview', 'devices', 'quarantine', 'hours', 'cases', 'credits', 'market', 'trace', 'chain'];

// No feature imports another; components and api know no feature.
export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/api/schema.d.ts'] },
  ...tseslint.configs.recommended,
  a11y.flatConfigs.recommended,
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
    },
  },
  ...FEATURES.map((feature) => ({
    files: [`src/features/${feature}/**/*.{ts,tsx}`],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['../../features/*', ...FEATURES.map((other) => `../${other}/*`), '**/app/*'], message: 'no feature imports another, nor the app' }] }] },
  })),
  { files: ['src/components/**', 'src/api/**'], rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['**/features/*', '**/app/*'], message: 'components and api know no feature' }] }] } },
);
