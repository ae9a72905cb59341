import type { Metadata } from 'next/types.js'
import { one, type Query } from '@/app/chosen.ts'

export const metadata: Metadata = { title: 'Back from GitHub' }

const SHAPES: Record<string, RegExp> = {
  code: /^[\w-]{10,100}$/,
  state: /^[\w.-]{1,100}$/,
  installation_id: /^\d{1,15}$/,
}

/**
 * Where GitHub leads back to. The session's cookie does not come along from another site, so this page knows nobody and
 * does nothing: it goes on to ours, with what came and is in order.
 */
export default async function Page({ searchParams }: { searchParams: Query }) {
  const query = await searchParams
  const onward = new URLSearchParams()
  for (const [name, shape] of Object.entries(SHAPES)) {
    const value = one(query[name])
    if (value && shape.test(value)) onward.set(name, value)
  }
  const href = `/dashboard/agent-control/connect/github?${onward}`
  return (
    <main id="main" className="alone">
      <meta httpEquiv="refresh" content={`0;url=${href}`} />
      <div className="panel p-8">
        <h1 className="text-2xl font-semibold">Back from GitHub</h1>
        <p className="mt-3">This goes on by itself.</p>
        <a href={href} className="button button-main mt-6">
          Go on
        </a>
      </div>
    </main>
  )
}
