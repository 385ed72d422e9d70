// Ends a run with one line that machines read: "N passed, N failed".
export default async function* closing(events) {
  let passed = 0;
  let failed = 0;
  for await (const { type, data } of events) {
    if (data?.details?.type === 'suite') continue;
    if (type === 'test:pass') passed += 1;
    if (type === 'test:fail') failed += 1;
  }
  yield `${passed} passed, ${failed} failed\n`;
}
