import { icon, solid } from './drawIcon.tsx';

/* What only parts that load on their own show: kept apart, so that the first load is without them. */

export const CrownIcon = /* @__PURE__ */ icon(<path d="M3 6.2 6.4 9 10 4l3.6 5L17 6.2 15.6 15H4.4Z" />);
/** Crash. */
export const BoltIcon = /* @__PURE__ */ icon(<path d="M11.4 2.4 4.6 11.2h4.6L8.4 17.6l7-9h-4.8Z" />);
/** Pause a process: frosted, with two bars. */
export const PauseProcessIcon = /* @__PURE__ */ icon(
  <>
    <rect x="2.8" y="2.8" width="14.4" height="14.4" rx="3" />
    <path d="M8 7v6M12 7v6" strokeWidth="2" />
  </>,
);
/** Restart a process: boots from its disk. */
export const RestartProcessIcon = /* @__PURE__ */ icon(
  <>
    <rect x="2.8" y="2.8" width="14.4" height="14.4" rx="3" />
    <path d="M10 6v4.4M7.4 7.6a3.8 3.8 0 1 0 5.2 0" />
  </>,
);
export const SlowIcon = /* @__PURE__ */ icon(
  <>
    <path d="M3.4 14.6a7.2 7.2 0 1 1 13.2 0" />
    <path d="m10 11.8-4-2.4" />
    <circle cx="10" cy="11.8" r="1" {...solid} />
  </>,
);
export const InfoIcon = /* @__PURE__ */ icon(
  <>
    <circle cx="10" cy="10" r="7.2" />
    <path d="M10 9.2v4.4M10 6.4v.1" strokeWidth="1.8" />
  </>,
);
export const LampIcon = /* @__PURE__ */ icon(
  <>
    <path d="M7.4 13.2a5 5 0 1 1 5.2 0v1.4H7.4Z" />
    <path d="M8 17.2h4" />
  </>,
);
export const ChevronRightIcon = /* @__PURE__ */ icon(<path d="m7.6 4.6 5.4 5.4-5.4 5.4" />);
export const ChevronLeftIcon = /* @__PURE__ */ icon(<path d="M12.4 4.6 7 10l5.4 5.4" />);
export const ChevronDownIcon = /* @__PURE__ */ icon(<path d="m4.6 7.6 5.4 5.4 5.4-5.4" />);
export const ChevronUpIcon = /* @__PURE__ */ icon(<path d="M4.6 12.4 10 7l5.4 5.4" />);
export const DownloadIcon = /* @__PURE__ */ icon(<path d="M10 3v9.4M6.4 9l3.6 3.6L13.6 9M3.6 16.6h12.8" />);
export const OpenIcon = /* @__PURE__ */ icon(
  <path d="M2.8 15.4V5A1.2 1.2 0 0 1 4 3.8h3.6l1.8 2h6A1.2 1.2 0 0 1 16.6 7v1.2M2.8 15.8l2.4-7h12.6l-2.4 7Z" />,
);
export const ExternalIcon = /* @__PURE__ */ icon(
  <path d="M8 4.4H4.8A1.2 1.2 0 0 0 3.6 5.6v9.6a1.2 1.2 0 0 0 1.2 1.2h9.6a1.2 1.2 0 0 0 1.2-1.2V12M11.4 3.6h5v5M16 4l-7 7" />,
);
export const PlusIcon = /* @__PURE__ */ icon(<path d="M10 4v12M4 10h12" />);
export const MinusIcon = /* @__PURE__ */ icon(<path d="M4 10h12" />);
export const TrashIcon = /* @__PURE__ */ icon(
  <path d="M3.6 5.6h12.8M8 5.4V3.6h4v1.8M5.2 5.8l.7 10.6h8.2l.7-10.6M8.4 8.8v4.8M11.6 8.8v4.8" />,
);
export const LinkIcon = /* @__PURE__ */ icon(
  <path d="M8.4 11.6a3.2 3.2 0 0 0 4.5 0l2.7-2.7a3.2 3.2 0 0 0-4.5-4.5l-.9.9M11.6 8.4a3.2 3.2 0 0 0-4.5 0l-2.7 2.7a3.2 3.2 0 0 0 4.5 4.5l.9-.9" />,
);
export const QrIcon = /* @__PURE__ */ icon(
  <>
    <rect x="3" y="3" width="5.2" height="5.2" rx=".6" />
    <rect x="11.8" y="3" width="5.2" height="5.2" rx=".6" />
    <rect x="3" y="11.8" width="5.2" height="5.2" rx=".6" />
    <path d="M11.8 11.8h2v2h-2ZM15.4 15.4H17V17h-1.6ZM15.4 11.8H17M11.8 17h1.6" />
  </>,
);
export const GearIcon = /* @__PURE__ */ icon(
  <>
    <path d="M3 5.6h6M13 5.6h4M3 14.4h3M10 14.4h7" />
    <circle cx="11" cy="5.6" r="2" />
    <circle cx="8" cy="14.4" r="2" />
  </>,
);
/** To the next moment worth a look: a triangle to a star. */
export const MomentForwardIcon = /* @__PURE__ */ icon(
  <>
    <path d="M2.4 5v10l6.6-5Z" {...solid} />
    <path d="m14 5.4 1.3 3.2 3.3.2-2.5 2.2.8 3.3L14 12.5l-2.9 1.8.8-3.3-2.5-2.2 3.3-.2Z" {...solid} />
  </>,
);
export const MomentBackIcon = /* @__PURE__ */ icon(
  <>
    <path d="M17.6 5v10L11 10Z" {...solid} />
    <path d="M6 5.4 4.7 8.6l-3.3.2 2.5 2.2-.8 3.3L6 12.5l2.9 1.8-.8-3.3 2.5-2.2-3.3-.2Z" {...solid} />
  </>,
);
