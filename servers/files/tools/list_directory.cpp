#include "schemas/files/list_directory.hpp"

#include <algorithm>
#include <vector>

#include "servers/files/context.hpp"
#include "servers/files/errors.hpp"
#include "servers/files/text.hpp"

namespace files {

Content list_directory(Context& context, const ListDirectoryArgs& args, mcp::Call&) {
  const Found folder = context.paths.open_folder(args.path);
  if (const int error = context.listing.read(folder.file.get(), folder.hidden); error != 0) {
    throw mcp::ToolError(system_error(error, "scandir", folder.path));
  }
  std::vector<Item> entries(context.listing.items().begin(), context.listing.items().end());
  std::ranges::sort(entries, {}, &Item::name);
  Content result;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const bool is_folder = entries[i].kind == Item::Kind::Folder;
    const std::string_view kind = is_folder ? "[DIR] " : "[FILE] ";
    if (result.content.size() + kind.size() + entries[i].name.size() > kTextBytes) {
      result.content +=
          "\n... and " + std::to_string(entries.size() - i) + " more, too many for one answer";
      break;
    }
    if (i > 0) result.content += '\n';
    result.content.append(kind).append(entries[i].name);
  }
  return result;
}

}  // namespace files
