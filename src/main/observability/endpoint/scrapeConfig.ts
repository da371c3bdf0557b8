import type { Question } from '../../base/Question.ts';

/** What Prometheus needs to read the endpoint. The names of targets and jobs are those of docs/monitoring.md. */
export function scrapeConfigOf(port: number, token: string): string {
  return `# Mooring on this computer. Keep this to yourself: it contains the token.
scrape_configs:
  - job_name: mooring
    authorization:
      credentials: ${token}
    static_configs:
      - targets: ['127.0.0.1:${port}']
`;
}

export const copyQuestion: Question = {
  question: 'Copy the scrape configuration with its token?',
  detail:
    'Any program can read the clipboard, and a clipboard manager may keep its contents. Mooring removes it after one minute.',
  confirmLabel: 'Copy with token',
};

export const renewQuestion: Question = {
  question: 'Renew the token of the metrics endpoint?',
  detail:
    'Mooring refuses the current token from then on. Prometheus gets no metrics until it has the new scrape configuration.',
  confirmLabel: 'Renew token',
};
