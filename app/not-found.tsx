import Link from 'next/link'

export default function NotFound() {
  return (
    <main id="main" className="alone">
      <div className="panel p-8">
        <h1 className="text-2xl font-semibold">There is no such page</h1>
        <p className="mt-3">The address may be mistyped, or the issue belongs to another Nightshift.</p>
        <p className="mt-6">
          <Link prefetch={false} href="/dashboard/agent-control" className="link">
            To the board
          </Link>
        </p>
      </div>
    </main>
  )
}
