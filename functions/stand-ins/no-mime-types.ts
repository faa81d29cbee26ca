/**
 * Stands in the bundles for nodemailer's table of types and file endings, 76 kB: each part of our emails names its type
 * and its file.
 */
export const detectMimeType = (): string => 'application/octet-stream';
export const detectExtension = (): string => 'bin';
