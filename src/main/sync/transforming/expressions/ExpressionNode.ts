/** An expression as it was read. `at`: where it stands in the text, in UTF-16 units. */
export type ExpressionNode =
  | { readonly type: 'text'; readonly at: number; readonly value: string }
  | { readonly type: 'number'; readonly at: number; readonly value: string }
  | { readonly type: 'boolean'; readonly at: number; readonly value: boolean }
  | { readonly type: 'null'; readonly at: number }
  | { readonly type: 'column'; readonly at: number; readonly name: string; readonly isQuoted: boolean }
  | {
      readonly type: 'unary';
      readonly at: number;
      readonly operator: UnaryOperator;
      readonly operand: ExpressionNode;
    }
  | {
      readonly type: 'binary';
      readonly at: number;
      readonly operator: BinaryOperator;
      readonly left: ExpressionNode;
      readonly right: ExpressionNode;
    }
  | {
      readonly type: 'case';
      readonly at: number;
      readonly branches: readonly { readonly when: ExpressionNode; readonly result: ExpressionNode }[];
      /** Null: NULL. */
      readonly otherwise: ExpressionNode | null;
    }
  | {
      readonly type: 'call';
      readonly at: number;
      /** In lower case. */
      readonly name: string;
      readonly operands: readonly ExpressionNode[];
    };

export type UnaryOperator = '-' | 'not' | 'is null' | 'is not null';
export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';
export type BinaryOperator = ComparisonOperator | ArithmeticOperator | '||' | 'and' | 'or';
