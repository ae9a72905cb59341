'use client'

export interface TroubleName {
  code: string
  sentence: string
  remedy: string
}

/** An error page: what happened, what to do, and the name to look for in the log. */
export function Trouble({
  name,
  digest,
  retry,
}: {
  name: TroubleName | null
  digest: string | null
  retry: () => void
}) {
  return (
    <main id="main" className="alone">
      <div className="panel p-8" role="alert">
        <h1 className="text-2xl font-semibold">{name?.sentence ?? 'This page could not be made'}</h1>
        <p className="mt-3">
          {name?.remedy ??
            'Try again. If it stays, look into the log of the server; nothing that runs was touched by this.'}
        </p>
        {name || digest ? <p className="mt-3 text-soft">In the log: {name?.code ?? digest}</p> : null}
        <button type="button" className="button button-main mt-6" onClick={retry}>
          Try again
        </button>
      </div>
    </main>
  )
}
