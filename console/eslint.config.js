import a11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// No feature imports another; components and api know no feature.
export default tseslint.config(
  { ignores: ['dist', 'node_modules'] },
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
  ...['overview', 'devices', 'hours', 'credits', 'trace'].map((feature) => ({
    files: [`src/features/${feature}/**/*.{ts,tsx}`],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['../../features/*', '../overview/*', '../devices/*', '../hours/*', '../credits/*', '../trace/*', '**/app/*'], message: 'no feature imports another, nor the app' }] }] },
  })),
  { files: ['src/components/**', 'src/api/**'], rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['**/features/*', '**/app/*'], message: 'components and api know no feature' }] }] } },
);
