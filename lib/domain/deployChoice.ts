/** Where the app is deployed, with what that takes and nothing of the others. */
export type DeployChoice =
  | { kind: 'process'; url: string; token: string }
  | {
      kind: 'vercel'
      /** Base of the API. */
      url: string
      token: string
      teamId: string
      /** null: deployments are not protected, or probes cannot pass. */
      bypassSecret: string | null
      /** null: nobody sends webhooks; clocks alone. */
      webhookSecret: string | null
      /** null: no drain, so requests are not counted. */
      drainSecret: string | null
      /** What shows Vercel that the drain's address is ours. */
      drainVerify: string | null
    }
