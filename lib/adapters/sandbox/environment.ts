/**
 * A child's whole environment, exactly as written. Next.js types every environment as holding NODE_ENV; a child of ours
 * has only what is named here.
 */
export const exactly = (variables: Record<string, string>) => variables as Record<string, string> as NodeJS.ProcessEnv
