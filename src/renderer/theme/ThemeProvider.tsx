import { MantineProvider } from '@mantine/core';
import { useColorScheme } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { Preferences } from '../../shared/model/appInfo.ts';
import { cssVariablesResolver, theme } from './theme.ts';

interface ThemeProviderProps {
  readonly preference: Preferences['theme'];
  readonly nonce: string;
  readonly children: ReactNode;
}

/** Gives the app its look, in the scheme that the person chose or the system's. */
export function ThemeProvider({ preference, nonce, children }: ThemeProviderProps) {
  const system = useColorScheme('light', { getInitialValueInEffect: false });
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      // More specific than the defaults of Mantine's style sheet, which stands behind the variables written here.
      cssVariablesSelector=":root:root"
      forceColorScheme={preference === 'system' ? system : preference}
      getStyleNonce={() => nonce}
    >
      {children}
    </MantineProvider>
  );
}
