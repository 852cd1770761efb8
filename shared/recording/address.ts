/** The scheme under which the bytes of an open recording can be had in one answer, from any place to the end. */
export const streamScheme = 'recording'

/** Where the bytes of a recording can be had in one answer. @param url where they can be had in ranges */
export function streamUrl(url: string): string {
  return `${streamScheme}://earmark/${url.slice(url.lastIndexOf('/') + 1)}`
}
