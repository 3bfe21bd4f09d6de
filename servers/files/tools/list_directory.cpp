#include "schemas/files/list_directory.hpp"

#include "servers/files/context.hpp"
#include "servers/files/folder.hpp"
#include "servers/files/text.hpp"

namespace files {

Content list_directory(Context& context, const ListDirectoryArgs& args, mcp::Call&) {
  const Found folder = context.paths.open_folder(args.path);
  const std::vector<Entry> entries = entries_of(folder.file);
  Content result;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::string line = (entries[i].is_folder ? "[DIR] " : "[FILE] ") + entries[i].name;
    if (result.content.size() + line.size() > kTextBytes) {
      result.content +=
          "\n... and " + std::to_string(entries.size() - i) + " more, too many for one answer";
      break;
    }
    result.content += (i == 0 ? "" : "\n") + line;
  }
  return result;
}

}  // namespace files
