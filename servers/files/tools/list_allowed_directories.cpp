#include "schemas/files/list_allowed_directories.hpp"

#include "servers/files/context.hpp"

namespace files {

Content list_allowed_directories(Context& context, const ListAllowedDirectoriesArgs&, mcp::Call&) {
  Content result{.content = "Allowed directories:"};
  for (const auto& folder : context.roots.folders()) result.content += "\n" + folder.string();
  return result;
}

}  // namespace files
