interface Navigator {
  /** Global Privacy Control, where the browser has it. https://www.w3.org/TR/gpc/ */
  readonly globalPrivacyControl?: boolean;
}
