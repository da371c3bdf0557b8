import { type ComponentType, lazy, Suspense, useState } from 'react';

/**
 * A part of the window whose code is loaded when it is first shown; from then on it stays, so that it can close with a
 * motion. For dialogs: they take nothing from the start, nor memory before somebody opens one.
 */
export function shownOnDemand(load: () => Promise<ComponentType>, useIsShown: () => boolean): ComponentType {
  const Part = lazy(async () => ({ default: await load() }));
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each part, when its module is loaded
  return function OnDemand() {
    const isShown = useIsShown();
    const [wasShown, setWasShown] = useState(isShown);
    if (isShown && !wasShown) setWasShown(true);
    return (
      wasShown && (
        <Suspense>
          <Part />
        </Suspense>
      )
    );
  };
}
