'use client'
import { Trouble } from '@/components/trouble.tsx'
import { readDigest } from './named.ts'

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const name = readDigest(error)
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null
  return <Trouble name={name} digest={name ? null : digest} retry={retry} />
}
