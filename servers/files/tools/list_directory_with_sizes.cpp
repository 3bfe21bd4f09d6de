#include "schemas/files/list_directory_with_sizes.hpp"

#include "servers/files/context.hpp"
#include "servers/files/sizes.hpp"

namespace files {

Content list_directory_with_sizes(Context& context, const ListDirectoryWithSizesArgs& args,
                                  mcp::Call&) {
  const Found folder = context.paths.open_folder(args.path);
  return {.content = sizes_text(sized_entries_of(folder, context.roots),
                                args.sortBy == ListDirectoryWithSizesSortBy::Size
                                    ? SizesOrder::LargestFirst
                                    : SizesOrder::ByName)};
}

}  // namespace files
