import { connection } from 'next/server'
import type { Metadata, Viewport } from 'next/types.js'
import type { ReactNode } from 'react'
import { ProofAsked } from '@/components/proof.tsx'
import './globals.css'
import { world } from './world.ts'

export const metadata: Metadata = {
  title: { default: 'Nightshift', template: '%s · Nightshift' },
  description: 'The engineer who takes the night shift for a web team.',
  robots: { index: false, follow: false },
}

export const viewport: Viewport = { colorScheme: 'light dark' }

export default async function Layout({ children }: { children: ReactNode }) {
  // Rendered for each request, also where nothing is read: the nonce of the script policy is the request's.
  await connection()
  return (
    <html lang="en">
      <body>
        <a href="#main" className="skip">
          Skip to content
        </a>
        <ProofAsked proof={world().config.auth.kind === 'owner' ? 'password' : 'fresh'}>{children}</ProofAsked>
      </body>
    </html>
  )
}
