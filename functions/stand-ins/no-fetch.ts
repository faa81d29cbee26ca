/** Stands in the bundles for nodemailer's own fetching of attachments from addresses: ours are always given. */
export default (): never => {
  throw new Error('nothing of an email is fetched');
};
