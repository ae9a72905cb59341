'use client'
import { createContext, type ReactNode, useContext } from 'react'

/** What is asked for before what weighs more than a click: the password kept here, or a fresh sign-in will do as well. */
export type Proof = 'password' | 'fresh'

const Asked = createContext<Proof>('password')

export const useProof = () => useContext(Asked)

export function ProofAsked({ proof, children }: { proof: Proof; children: ReactNode }) {
  return <Asked value={proof}>{children}</Asked>
}
