import { icon, solid } from './drawIcon.tsx';

/* What the first paint shows. `moreIcons.tsx` has those that only lazy parts need. */

export const PlayIcon = /* @__PURE__ */ icon(
  <path d="M6 3.8v12.4a.6.6 0 0 0 .9.5l9.6-6.2a.6.6 0 0 0 0-1L6.9 3.3a.6.6 0 0 0-.9.5Z" {...solid} />,
);
export const PauseIcon = /* @__PURE__ */ icon(
  <>
    <rect x="4.6" y="3.4" width="3.8" height="13.2" rx="1" {...solid} />
    <rect x="11.6" y="3.4" width="3.8" height="13.2" rx="1" {...solid} />
  </>,
);
export const StepForwardIcon = /* @__PURE__ */ icon(
  <>
    <path d="M4.5 4.6v10.8l8-5.4Z" {...solid} />
    <path d="M15.4 4.4v11.2" strokeWidth="2" />
  </>,
);
export const StepBackIcon = /* @__PURE__ */ icon(
  <>
    <path d="M15.5 4.6v10.8l-8-5.4Z" {...solid} />
    <path d="M4.6 4.4v11.2" strokeWidth="2" />
  </>,
);
export const RestartIcon = /* @__PURE__ */ icon(<path d="M4.2 3.6v4h4M4.6 7.4a6.4 6.4 0 1 1-1 3.4" />);
export const LiveIcon = /* @__PURE__ */ icon(
  <>
    <path d="M3.6 5v10l5.6-5ZM9.8 5v10l5.6-5Z" {...solid} />
    <path d="M17 4.6v10.8" strokeWidth="1.8" />
  </>,
);
export const ShareIcon = /* @__PURE__ */ icon(
  <path d="M10 12.4V2.8M6.4 6.2 10 2.6l3.6 3.6M4 10v5.6A1.4 1.4 0 0 0 5.4 17h9.2a1.4 1.4 0 0 0 1.4-1.4V10" />,
);
export const CrossIcon = /* @__PURE__ */ icon(<path d="m5 5 10 10M15 5 5 15" strokeWidth="2" />);
export const WarningIcon = /* @__PURE__ */ icon(
  <>
    <path d="M10 3 2.6 16.4h14.8Z" />
    <path d="M10 8v4M10 14.2v.1" strokeWidth="1.8" />
  </>,
);
export const MenuIcon = /* @__PURE__ */ icon(<path d="M3.4 5.6h13.2M3.4 10h13.2M3.4 14.4h13.2" />);
export const MoreIcon = /* @__PURE__ */ icon(
  <>
    <circle cx="4.6" cy="10" r="1.4" {...solid} />
    <circle cx="10" cy="10" r="1.4" {...solid} />
    <circle cx="15.4" cy="10" r="1.4" {...solid} />
  </>,
);
export const SunIcon = /* @__PURE__ */ icon(
  <>
    <circle cx="10" cy="10" r="3.4" />
    <path d="M10 1.8v2M10 16.2v2M1.8 10h2M16.2 10h2M4.2 4.2l1.4 1.4M14.4 14.4l1.4 1.4M15.8 4.2l-1.4 1.4M5.6 14.4l-1.4 1.4" />
  </>,
);
export const MoonIcon = /* @__PURE__ */ icon(<path d="M16.6 12.2A7 7 0 0 1 7.8 3.4a7 7 0 1 0 8.8 8.8Z" />);
export const ProjectorIcon = /* @__PURE__ */ icon(
  <>
    <rect x="2.4" y="3.4" width="15.2" height="9.8" rx="1.2" />
    <path d="M10 13.2v2M6.4 17.4 10 15l3.6 2.4" />
  </>,
);
export const SystemIcon = /* @__PURE__ */ icon(
  <>
    <circle cx="10" cy="10" r="7" />
    <path d="M10 3a7 7 0 0 1 0 14Z" {...solid} />
  </>,
);
export const HelpIcon = /* @__PURE__ */ icon(
  <>
    <path d="M7 7.4a3 3 0 1 1 4.6 2.5c-1 .7-1.6 1.2-1.6 2.3" strokeWidth="1.8" />
    <path d="M10 15.4v.1" strokeWidth="2.2" />
  </>,
);
export const CloseIcon = /* @__PURE__ */ icon(<path d="m5.4 5.4 9.2 9.2M14.6 5.4l-9.2 9.2" />);
export const CheckIcon = /* @__PURE__ */ icon(<path d="m4 10.6 4 4 8-9" strokeWidth="2" />);
