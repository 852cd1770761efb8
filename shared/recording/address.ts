/** The scheme under which the bytes of an open recording can be had, read by the browser itself. */
export const streamScheme = 'recording'

/** Where the bytes of a recording can be had so. @param url where they can be had in ranges */
export function streamUrl(url: string): string {
  return `${streamScheme}://earmark/${url.slice(url.lastIndexOf('/') + 1)}`
}
