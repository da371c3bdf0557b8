import {
  type ActionIconFactory,
  type ButtonFactory,
  type ComboboxFactory,
  type CSSVariablesResolver,
  createTheme,
  type ExtendComponent,
  type FactoryPayload,
  type InputFactory,
  type InputWrapperFactory,
  type MenuFactory,
  type MenuSubProps,
  type ModalFactory,
  type NotificationFactory,
  type SwitchFactory,
  type TabsFactory,
  type TooltipFactory,
} from '@mantine/core';
import { vocabulary } from '../text/vocabulary.ts';
import { dark, harbour, red } from './palette.ts';

/** Controls are 30 px high with 13 px text, which is what a dense desktop window wants. */
const controlHeight = '30px';
const smallControlHeight = '26px';

/** Menus, lists and hints are drawn in a landmark of the page, not beside all of them. */
export const popupsId = 'popups';
const portalProps = { target: `#${popupsId}` };

/**
 * What is said of a component, checked against its type. Mantine's own `extend` does the same, but would load every
 * component named here with the first screen.
 */
const part = <Factory extends FactoryPayload>(extension: ExtendComponent<Factory>) => extension;

/** The look of the app. Motion is short, text is 13 px, nothing shouts. */
export const theme = createTheme({
  primaryColor: 'harbour',
  primaryShade: 7,
  black: '#1b2026',
  colors: { harbour, dark, red },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace:
    "'JetBrains Mono Variable', ui-monospace, 'SF Mono', 'Cascadia Mono', 'Liberation Mono', monospace",
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '15px', xl: '18px' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.45', xl: '1.4' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '20px', xl: '28px' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '16px' },
  defaultRadius: 'md',
  cursorType: 'default',
  respectReducedMotion: true,
  components: {
    Button: part<ButtonFactory>({
      styles: { label: { fontWeight: 500 } },
      vars: (_theme, { size = 'sm' }) => ({
        root:
          size === 'xs'
            ? { '--button-height': smallControlHeight, '--button-fz': '12px', '--button-padding-x': '8px' }
            : size === 'sm'
              ? { '--button-height': controlHeight, '--button-fz': '13px', '--button-padding-x': '12px' }
              : {},
      }),
    }),
    Input: part<InputFactory>({
      vars: (_theme, { size = 'sm' }) => ({
        wrapper: size === 'sm' ? { '--input-height': controlHeight, '--input-fz': '13px' } : {},
      }),
    }),
    InputWrapper: part<InputWrapperFactory>({
      vars: () => ({
        label: { '--input-label-size': '12px' },
        description: { '--input-description-size': '12px' },
        error: { '--input-error-size': '12px' },
        success: {},
      }),
    }),
    Switch: part<SwitchFactory>({ defaultProps: { withThumbIndicator: false } }),
    ActionIcon: part<ActionIconFactory>({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    // The page itself never scrolls, and the lock would add a style element that the page's policy refuses.
    Modal: part<ModalFactory>({
      defaultProps: {
        lockScroll: false,
        overlayProps: { backgroundOpacity: 0.4 },
        centered: true,
        transitionProps: { duration: 120, transition: 'fade' },
      },
    }),
    Menu: part<MenuFactory>({
      defaultProps: {
        transitionProps: { duration: 80 },
        shadow: 'md',
        // It is an element with a tab stop of its own, which a menu may not hold.
        withInitialFocusPlaceholder: false,
        portalProps,
      },
    }),
    // A hand that moves slowly or aslant to a submenu finds it still open.
    MenuSub: { defaultProps: { closeDelay: 300 } satisfies Partial<MenuSubProps> },
    Combobox: part<ComboboxFactory>({ defaultProps: { portalProps } }),
    Tooltip: part<TooltipFactory>({
      defaultProps: {
        openDelay: 500,
        transitionProps: { duration: 80 },
        portalProps,
        events: { hover: true, focus: true, touch: false },
      },
    }),
    Notification: part<NotificationFactory>({
      defaultProps: { closeButtonProps: { 'aria-label': vocabulary.close } },
      // Its own gray has a contrast of 3.3:1 only.
      styles: { description: { color: 'var(--mantine-color-dimmed)' } },
    }),
    Tabs: part<TabsFactory>({ defaultProps: { keepMounted: false } }),
  },
});

/** Colours by meaning; every text colour here has at least 4.5:1 on the surfaces it is used on. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5c636b',
    '--mantine-color-placeholder': '#767d86',
    '--mantine-color-error': '#b42318',
    '--mooring-sidebar': '#f5f6f8',
    '--mooring-line': '#e3e6ea',
    '--mooring-hover': 'rgb(20 40 60 / 5%)',
    '--mooring-selected': '#dde8f4',
    '--mooring-danger': '#b42318',
    '--mooring-danger-surface': '#fef4f3',
    '--mooring-danger-border': '#f3cfcb',
    '--mooring-warning': '#8a4b00',
    '--mooring-warning-surface': '#fff8ea',
    '--mooring-warning-border': '#f0dcb4',
    '--mooring-success': '#1a7340',
    '--mooring-production': '#f9e3e1',
    '--mooring-staging': '#fbeed3',
  },
  dark: {
    '--mantine-color-dimmed': '#a0a6b0',
    '--mantine-color-placeholder': '#7f8691',
    '--mantine-color-error': '#ff9c92',
    '--mooring-sidebar': '#16181b',
    '--mooring-line': '#2e333a',
    '--mooring-hover': 'rgb(255 255 255 / 5%)',
    '--mooring-selected': '#263a52',
    '--mooring-danger': '#ff9c92',
    '--mooring-danger-surface': '#2e1e1f',
    '--mooring-danger-border': '#5a3030',
    '--mooring-warning': '#f2c274',
    '--mooring-warning-surface': '#2b2416',
    '--mooring-warning-border': '#544422',
    '--mooring-success': '#6fce95',
    '--mooring-production': '#3a2022',
    '--mooring-staging': '#362c14',
  },
});
