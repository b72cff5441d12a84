/** Every colour has one meaning, in light and in dark; text on it, and it on the page, keep WCAG's contrast. */
export const light = `
  --page: #f5f6f4; --paper: #ffffff; --ink: #1a2230; --quiet: #566071; --line: #d9dde3; --cell: #eef0f2;
  --link: #1d5fa8; --on-tone: #ffffff;
  --good: #0e766b; --aws: #2f6db5; --muted: #7a6510; --plain: #766559; --neutral: #667085; --dim: #434d5e;
  --warning: #b0510d; --danger: #b3261e; --extreme: #851541;
  --unknown: #6a40bf; --unknown-hatch: #7d57cc; --unknown-wash: #f1ecfb; --warning-wash: #fdf3ea; --shade: #1a223033;
`;

export const dark = `
  --page: #0f141a; --paper: #171d25; --ink: #e7ebf0; --quiet: #a2adbb; --line: #2f3945; --cell: #222a34;
  --link: #8cbcf3; --on-tone: #10151b;
  --good: #4dc1b1; --aws: #80b2ec; --muted: #d0b64a; --plain: #c2b0a2; --neutral: #a0aab8; --dim: #d3dae3;
  --warning: #ee9a5c; --danger: #f28b82; --extreme: #ff4fa3;
  --unknown: #c0a4f4; --unknown-hatch: #ab8be8; --unknown-wash: #262037; --warning-wash: #2b2118; --shade: #00000099;
`;

export const tones = ['good', 'aws', 'muted', 'plain', 'neutral', 'dim', 'warning', 'danger', 'extreme'];
