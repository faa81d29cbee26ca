import { createHash, randomBytes } from 'node:crypto';

import type { StoredDocument } from '../../../shared/domain/cycle.ts';
import { handInMinutes } from '../../../shared/stages/answers.ts';
import { documentKey, uploads } from '../../../shared/stages/document-keys.ts';
import type { FieldFault } from '../forms/form.ts';
import { parseMinutes } from '../forms/minutes.ts';
import { checkDocument, documentTypes, refusalOfSize } from '../../../shared/documents/check-document.ts';
import { done, fingerprint, formView, page } from './kind.ts';
import type { AnswerKind, PageReply, Situation } from './kind.ts';

/** The store takes more than we do: what it refuses ends on a page of its own, what we refuse on ours. */
const mostUploadBytes = 200 * 1024 * 1024;

/** Where an upload lies: chosen by the page, so that nobody can hand in what is not theirs. */
const uploadKey = ({ partnership, request }: Situation, upload: string): string =>
  `${uploads}${partnership.id}/${request.cycle}/${createHash('sha256').update(request.id).digest('hex').slice(0, 16)}/${upload}`;

const isUpload = (upload: string): boolean => /^[\w-]{22}$/.test(upload);

/** Where the file lies once it has been handed in. */
const documentOf = ({ partnership, request }: Situation, upload: string): string =>
  documentKey(partnership.id, request.cycle, `minutes/${upload}`);

/** The uploaded file, as it is to be handed in, when it is one that is taken; else why not. */
const uploaded = async (
  situation: Situation,
  upload: string,
): Promise<{ readonly document: StoredDocument } | { readonly refusal: string }> => {
  const missing = { refusal: 'The file did not arrive: choose it again and upload it' };
  if (!isUpload(upload)) return missing;
  const { documents } = situation.desk;
  const key = uploadKey(situation, upload);
  const stored = await documents.describe(key);
  if (stored === undefined) return missing;
  const tooMuch = refusalOfSize(stored.bytes);
  if (tooMuch !== undefined) return { refusal: tooMuch };
  const file = await documents.get(key);
  if (file === undefined) return missing;
  const { type, refusal } = await checkDocument(file.body);
  if (refusal !== undefined) return { refusal };
  const { board } = await situation.desk.cycles.known(situation.request.cycle);
  const fileName = `${situation.partnership.boardName.short} minutes ${board.date}.${type.extension}`;
  return {
    document: {
      key: documentOf(situation, upload),
      fileName,
      contentType: type.contentType,
      bytes: stored.bytes,
    },
  };
};

/** Lays an uploaded file among the cycle's documents: where it was uploaded it could still be changed, and is forgotten. */
const keep = async (situation: Situation, upload: string, document: StoredDocument): Promise<void> => {
  const { documents } = situation.desk;
  const file = await documents.get(uploadKey(situation, upload));
  if (file === undefined) throw new Error(`the upload ${upload} has gone while it was handed in`);
  await documents.put(document.key, file.body, document.contentType);
};

const recorded = async ({ desk, request }: Situation) => {
  const [minutes, { board }] = await Promise.all([
    desk.minutes.of(request.cycle),
    desk.cycles.known(request.cycle),
  ]);
  return { minutes: minutes ?? null, board };
};

const basisOf = ({ minutes }: Awaited<ReturnType<typeof recorded>>): string =>
  fingerprint(minutes === null ? null : [minutes.keyMessages, minutes.document]);

const view = async (
  situation: Situation,
  more: {
    readonly values?: Readonly<Record<string, string>>;
    readonly faults?: readonly FieldFault[];
    readonly theirs?: boolean;
    readonly document?: StoredDocument | null;
    readonly upload?: string;
  } = {},
): Promise<PageReply> => {
  const shown = await recorded(situation);
  const { faults = [], theirs = false, document = null, upload = '' } = more;
  const values = more.values ?? { keyMessages: shown.minutes?.keyMessages.join('\n') ?? '' };
  const id = randomBytes(16).toString('base64url');
  const uploadForm = await situation.desk.documents.uploadForm(
    uploadKey(situation, id),
    { maximumBytes: mostUploadBytes, contentTypes: documentTypes.map(({ contentType }) => contentType) },
    `${situation.address}?upload=${id}`,
  );
  return page(
    'minutes',
    {
      recorded: shown,
      document,
      upload,
      uploadForm,
      accept: documentTypes.map(({ extension }) => `.${extension}`).join(','),
      theirs,
      form: formView(values, basisOf(shown), faults),
    },
    theirs ? 409 : faults.length > 0 ? 400 : 200,
    [new URL(uploadForm.address).origin],
  );
};

export const minutes: AnswerKind = {
  recorded,
  async show(situation) {
    const upload = situation.query.get('upload');
    if (upload === null) return view(situation);
    const result = await uploaded(situation, upload);
    return 'document' in result
      ? view(situation, { document: result.document, upload })
      : view(situation, { faults: [{ field: 'file', message: result.refusal }] });
  },
  async answer(situation, form) {
    const { desk, request } = situation;
    const shown = await recorded(situation);
    const upload = form.text('upload');
    const values = form.values;
    const result = upload === '' ? undefined : await uploaded(situation, upload);
    if (result !== undefined && 'refusal' in result)
      return view(situation, { values, faults: [{ field: 'file', message: result.refusal }] });
    // The file that was handed in before stays, unless another came or it is to be taken away.
    const kept = form.line('removeFile') === 'yes' ? null : (shown.minutes?.document ?? null);
    const document = result?.document ?? kept;
    const parsed = parseMinutes(form, document !== null);
    const sent = { values, document: result?.document ?? null, upload };
    if (parsed.faults !== undefined) return view(situation, { ...sent, faults: parsed.faults });
    const { keyMessages } = parsed.value;
    const same = shown.minutes !== null && fingerprint([keyMessages, document]) === basisOf(shown);
    if (same && request.state === 'answered') return done;
    if (form.text('basis') !== basisOf(shown) && !same) return view(situation, { ...sent, theirs: true });
    if (result !== undefined) await keep(situation, upload, result.document);
    await handInMinutes(desk, request, { keyMessages, document }, 'page');
    return done;
  },
};
