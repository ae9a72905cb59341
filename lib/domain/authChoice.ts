/** How people prove who they are. */
export type AuthChoice = { kind: 'owner' } | SupabaseAuth

/** A project of Supabase of Nightshift's own, never the app's: whoever signs up to the app is nobody here. */
export interface SupabaseAuth {
  kind: 'supabase'
  /** Without a slash at its end. */
  url: string
  /** The publishable one: it opens nothing but the door to sign in. */
  key: string
  /** Who its tokens say they are from. */
  issuer: string
  /** Whose first sign-in makes them the owner. */
  ownerEmail: string
  /** `open`: whoever signs in is somebody, with no project. */
  signup: 'invitation' | 'open'
  github: boolean
}
