/** Permissions of what only its owner may use. */
export const privateFileMode = 0o600;
export const privateFolderMode = 0o700;
