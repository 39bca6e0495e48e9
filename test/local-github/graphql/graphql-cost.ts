import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

/** What GitHub reckons a query at before it runs. */
export interface QueryCost {
  /** Points of the primary limit, at least 1. */
  readonly cost: number;
  /** The most nodes that it may answer. */
  readonly nodeCount: number;
}

/**
 * The cost of a query as GitHub documents it ("Rate limits and query limits for the GraphQL API"): one
 * request for every connection at every node above it, taking each `first` or `last` as reached, divided
 * by 100 and rounded.
 */
export function costOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): QueryCost {
  let requests = 0;
  let nodeCount = 0;
  const defaults = new Map(
    (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue,
    ]),
  );
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION
        ? [[definition.name.value, definition.selectionSet] as const]
        : [],
    ),
  );
  const numberOf = (value: ValueNode | undefined): number | undefined => {
    if (value?.kind === Kind.INT) return Number(value.value);
    if (value?.kind !== Kind.VARIABLE) return undefined;
    const given = variables[value.name.value];
    return typeof given === 'number' ? given : numberOf(defaults.get(value.name.value));
  };
  const pageSize = (field: FieldNode) => {
    const argument = (name: string) =>
      numberOf(field.arguments?.find((entry) => entry.name.value === name)?.value);
    return argument('first') ?? argument('last');
  };
  const walk = (set: SelectionSetNode | undefined, parents: number): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD)
        walk(fragments.get(selection.name.value), parents);
      else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, parents);
      else {
        const size = pageSize(selection);
        if (size !== undefined) {
          requests += parents;
          nodeCount += parents * size;
        }
        walk(selection.selectionSet, parents * (size ?? 1));
      }
    }
  };
  walk(operation.selectionSet, 1);
  return { cost: Math.max(1, Math.round(requests / 100)), nodeCount };
}
