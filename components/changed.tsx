'use client'
/** Somebody was faster: what this form was about is no longer how things stand, and sending it would be refused. */
export function Changed({ what, look }: { what: string; look: () => void }) {
  return (
    <div className="callout" role="status">
      <p>This changed since you began: now it is {what}. Sending what you saw would be refused.</p>
      <button type="button" className="button mt-3" onClick={look}>
        Go on with how it stands now
      </button>
    </div>
  )
}
