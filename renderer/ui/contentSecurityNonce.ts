/** The nonce that style elements made at run time must carry under the page's content security policy. */
export function contentSecurityNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
}
