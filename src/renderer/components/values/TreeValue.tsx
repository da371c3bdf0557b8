import { useState } from 'react';
import { inspectorText } from '../../text/inspector.ts';
import classes from './Values.module.css';
import type { ValueNode } from './valueTree.ts';

/** Members drawn of one level before somebody asks for more. */
const shownAtOnce = 200;
/** Levels that are open at first. */
const openDepth = 2;

const childrenOf = (node: ValueNode): readonly { readonly name: string; readonly value: ValueNode }[] => {
  if (node.type === 'object') return node.members;
  return node.type === 'array' ? node.items.map((value, index) => ({ name: String(index), value })) : [];
};

const sizeText = (node: ValueNode): string =>
  node.type === 'object'
    ? inspectorText.members(node.members.length)
    : node.type === 'array'
      ? inspectorText.items(node.items.length)
      : '';

interface BranchProps {
  /** Null at the root. */
  readonly name: string | null;
  readonly node: ValueNode;
  readonly depth: number;
}

function Branch({ name, node, depth }: BranchProps) {
  const [isOpen, setIsOpen] = useState(depth < openDepth);
  const [shown, setShown] = useState(shownAtOnce);
  const label = name === null ? null : <span className={classes.member}>{name}: </span>;
  if (node.type !== 'object' && node.type !== 'array') {
    return (
      <li className={classes.leaf}>
        {label}
        <span data-type={node.type}>{node.raw}</span>
      </li>
    );
  }
  const children = childrenOf(node);
  return (
    <li>
      <button
        type="button"
        className={classes.branch}
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        <span className={classes.twist} aria-hidden>
          {isOpen ? '▾' : '▸'}
        </span>
        {label}
        <span className={classes.size}>{sizeText(node)}</span>
      </button>
      {isOpen && children.length > 0 && (
        <ul className={classes.children}>
          {children.slice(0, shown).map(({ name: child, value }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: names may come twice, and nothing is ever moved
            <Branch key={index} name={child} node={value} depth={depth + 1} />
          ))}
          {children.length > shown && (
            <li>
              <button type="button" className={classes.branch} onClick={() => setShown(shown + 1_000)}>
                {inspectorText.more(children.length - shown)}
              </button>
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

/** The members of a structured value, to be opened one by one. */
export function TreeValue({ node }: { node: ValueNode }) {
  return (
    <ul className={classes.tree} aria-label={inspectorText.tree}>
      <Branch name={null} node={node} depth={0} />
    </ul>
  );
}
