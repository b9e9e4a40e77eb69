const SHOWN = 160;

/** A message as a person can read it: text as text, bytes as hexadecimal digits; long ones cut with their length. */
export function payloadText(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  if (bytes.length === 0) return '(empty)';
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (/[^\P{C}\n\r\t]/u.test(text)) throw new Error('control characters');
  } catch {
    text = Array.from(bytes.subarray(0, SHOWN), (b) => b.toString(16).padStart(2, '0')).join(' ');
  }
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}… (${bytes.length} bytes)` : text;
}
