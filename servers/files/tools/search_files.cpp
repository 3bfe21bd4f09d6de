#include "schemas/files/search_files.hpp"

#include "servers/files/context.hpp"
#include "servers/files/find_names.hpp"

namespace files {

Content search_files(Context& context, const SearchFilesArgs& args, mcp::Call& call) {
  const Found folder = context.paths.open_folder(args.path);
  const Glob pattern(args.pattern);
  const std::vector<Glob> excludes(args.excludePatterns.begin(), args.excludePatterns.end());
  const NamesFound found = find_names(
      folder,
      {.pattern = pattern,
       .excludes = excludes,
       .link_is_shown = [&](const std::string& path) { return context.roots.reaches(path); },
       .stopped = [&] { return call.cancelled(); }});
  Content result{.content = found.text.empty() ? "No matches found" : found.text};
  if (found.more > 0) {
    result.content += "\n... and " + std::to_string(found.more) + " more, too many for one answer";
  }
  if (found.too_deep) {
    result.content += "\n... and nothing from folders nested more than " +
                      std::to_string(kWalkDepthMax) + " deep, which were not searched";
  }
  return result;
}

}  // namespace files
