#include "servers/files/errors.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace files {
namespace {

struct ErrorWords {
  int error{};
  std::string_view code{};
  std::string_view message{};
};
constexpr auto kErrorWords = std::to_array<ErrorWords>({
    {ENOENT, "ENOENT", "no such file or directory"},
    {EEXIST, "EEXIST", "file already exists"},
    {ENOTDIR, "ENOTDIR", "not a directory"},
    {EISDIR, "EISDIR", "illegal operation on a directory"},
    {ENOTEMPTY, "ENOTEMPTY", "directory not empty"},
    {EACCES, "EACCES", "permission denied"},
    {EPERM, "EPERM", "operation not permitted"},
    {EROFS, "EROFS", "read-only file system"},
    {ENOSPC, "ENOSPC", "no space left on device"},
    {EDQUOT, "EDQUOT", "disk quota exceeded"},
    {EINVAL, "EINVAL", "invalid argument"},
    {EBUSY, "EBUSY", "resource busy or locked"},
    {EXDEV, "EXDEV", "cross-device link not permitted"},
    {ELOOP, "ELOOP", "too many symbolic links encountered"},
    {ENAMETOOLONG, "ENAMETOOLONG", "name too long"},
    {EMFILE, "EMFILE", "too many open files"},
    {ETXTBSY, "ETXTBSY", "text file is busy"},
    {EIO, "EIO", "i/o error"},
});

}  // namespace

std::string system_error(int error, std::string_view operation, const std::filesystem::path& path,
                         const std::filesystem::path& to) {
  const auto* const words = std::ranges::find(kErrorWords, error, &ErrorWords::error);
  std::string text =
      words == kErrorWords.end()
          ? "error " + std::to_string(error) + ": " + std::generic_category().message(error)
          : std::string(words->code) + ": " + std::string(words->message);
  text += ", " + std::string(operation);
  if (!path.empty()) text += " '" + path.string() + "'";
  if (!to.empty()) text += " -> '" + to.string() + "'";
  return text;
}

}  // namespace files
