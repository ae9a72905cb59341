'use client'
import { Trouble } from '@/components/trouble.tsx'
import './globals.css'

/** Stands in for the layout when the layout itself failed. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <Trouble name={null} digest={null} retry={retry} />
      </body>
    </html>
  )
}
