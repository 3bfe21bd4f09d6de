#include "schemas/files/search_file_contents.hpp"

#include "servers/common/page.hpp"
#include "servers/files/content_search.hpp"
#include "servers/files/context.hpp"

namespace files {
namespace {

/// The .gitignore files above the folder, up to that of the work tree or the root.
IgnoreRules rules_above(const common::Roots& roots, const std::filesystem::path& folder) {
  constexpr std::size_t kBytes = 1024 * 1024;
  std::vector<std::filesystem::path> outer;
  for (std::filesystem::path at = folder;
       at.has_relative_path() && !roots.reaches(at / ".git") && roots.contains(at.parent_path());) {
    at = at.parent_path();
    outer.push_back(at);
  }
  IgnoreRules rules;
  for (auto at = outer.rbegin(); at != outer.rend(); ++at) {
    const common::Opened file = roots.open(*at / ".gitignore");
    if (file.error != 0) continue;
    std::vector<std::string> names;
    for (const auto& part : folder.lexically_relative(*at)) names.push_back(part.string());
    rules = rules.with_outer(common::read_all(file.file, kBytes), std::move(names));
  }
  return rules;
}

Match row_of(const std::string& path, FoundLine line) {
  return {.path = path,
          .line = line.line,
          .text = std::move(line.text),
          .before = std::move(line.before),
          .after = std::move(line.after)};
}

std::string joined(std::string folder, PathParts parts) {
  for (const std::string_view part : parts) {
    if (!folder.ends_with('/')) folder += '/';
    folder += part;
  }
  return folder;
}

}  // namespace

SearchFileContentsResult search_file_contents(Context& context, const SearchFileContentsArgs& args,
                                              mcp::Call& call) {
  const Found found = context.paths.open_any(args.path, "open");
  common::Page<Match> page(call, {.limit = args.limit, .cursor = args.cursor});
  ContentSearch search{
      .query = {.text = args.query, .regex = args.regex, .match_case = args.match_case},
      .include = NameFilter(args.include),
      .exclude = NameFilter(args.exclude),
      .context = static_cast<std::size_t>(args.context_lines),
      .lines_max = static_cast<std::size_t>(args.limit) + 1,
      .hidden = found.hidden,
      .after_key = page.start()};
  const bool is_folder = Paths::is_folder(found);
  const TakeLines take = [&](PathParts path, std::vector<FoundLine> lines) {
    const std::string name = is_folder ? joined(found.path.string(), path) : found.path.string();
    for (FoundLine& line : lines) {
      const std::int64_t number = line.line;
      if (!page.offer(key_of(path, number), row_of(name, std::move(line)))) return false;
    }
    return true;
  };
  SearchFileContentsResult result;
  if (is_folder) {
    search.ignored = rules_above(context.roots, found.path);
    const Searched searched = search_contents(found.file, search, call, take);
    result.files = searched.files;
    if (searched.too_deep > 0) result.folders_too_deep = searched.too_deep;
  } else {
    result.files = 1;
    search_one(found.file, found.path.filename().string(), search, call, take);
  }
  result.next_cursor = page.next_cursor();
  result.matches = std::move(page).rows();
  return result;
}

}  // namespace files
