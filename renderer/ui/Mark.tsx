/** The app's mark: a waveform between brackets. */
export function Mark({ size }: { size: number }) {
  return (
    <svg
      className="header-mark"
      width={size}
      height={size}
      viewBox="0 0 64 64"
      fill="none"
      stroke="currentColor"
      strokeWidth="5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M16 10H9v44h7M48 10h7v44h-7" />
      <path d="M22 27v10M29 20v24M36 25v14M43 29v6" />
    </svg>
  )
}
