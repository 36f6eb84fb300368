export { AcmeCertificate } from './acme/index.js'
export type { CertificateView } from './certificate.js'
export { FileCertificate } from './file-certificate.js'
