#include "schemas/files/directory_tree.hpp"

#include "servers/files/context.hpp"
#include "servers/files/tree.hpp"

namespace files {

Content directory_tree(Context& context, const DirectoryTreeArgs& args, mcp::Call&) {
  const Found folder = context.paths.open_folder(args.path);
  return {.content = tree_text(folder, TreeExcludes(args.excludePatterns))};
}

}  // namespace files
