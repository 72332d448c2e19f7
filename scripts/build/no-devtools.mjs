// Stands in for Ink's developer tools in the bundle, where they are never switched on.
export default { initialize: () => undefined, connectToDevTools: () => undefined };
