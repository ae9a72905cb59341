import { Untrusted } from './untrusted.tsx'

/** Nothing has gone wrong yet, or nothing is connected: either way the page says what to do. */
export function EmptyBoard() {
  return (
    <section aria-labelledby="quiet" className="panel mt-12 max-w-prose p-8">
      <h2 id="quiet" className="text-xl font-semibold">
        A quiet night so far
      </h2>
      <p className="mt-3">
        No issue has been noticed. If your app reports its errors here, there is nothing to do: the first one appears on
        this page by itself.
      </p>
      <p className="mt-3">
        If it does not yet, point the error SDK of your app at the DSN on the{' '}
        <a href="/dashboard/agent-control/settings" className="link">
          settings page
        </a>
        , deploy, and cause one error on purpose.
      </p>
    </section>
  )
}

export function NoProject() {
  return (
    <section aria-labelledby="none" className="panel mt-12 max-w-prose p-8">
      <h2 id="none" className="text-xl font-semibold">
        No project yet
      </h2>
      <p className="mt-3">
        <a href="/dashboard/agent-control/connect" className="link">
          Set up a project of your own
        </a>
        , or start again without <code className="code">--empty</code> to see the sample app.
      </p>
    </section>
  )
}

/** For somebody who came in and was given nothing to look at yet. */
export function NoProjectOfYours({ name }: { name: string }) {
  return (
    <section aria-labelledby="none" className="panel mt-12 max-w-prose p-8">
      <h2 id="none" className="text-xl font-semibold">
        No project is yours yet
      </h2>
      <p className="mt-3">
        You are signed in as <Untrusted text={name} />. Ask an owner to make you a member of a project: it appears here
        by itself.
      </p>
    </section>
  )
}
