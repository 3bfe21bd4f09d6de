#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "protocol/transport/descriptor.hpp"

/// Parts of text files by lines, as the reference filesystem server cuts them. None of these holds
/// more than a part of the file in memory. They return nothing where the part is longer than
/// kTextBytes, and throw std::system_error where the file cannot be read.
namespace files {

/// What one answer shows at most.
constexpr std::size_t kTextBytes = 64 * 1024;

std::optional<std::string> whole(const transport::Descriptor& file);

/// `count` lines from line `first` (from 1) on, without the last one's end; the rest of them where
/// `count` is absent.
std::optional<std::string> lines(const transport::Descriptor& file, std::int64_t first,
                                 std::optional<std::int64_t> count);

/// The last `count` lines, \r\n as \n. After a \n at the end there is one more line, an empty one.
std::optional<std::string> last_lines(const transport::Descriptor& file, std::int64_t count);

}  // namespace files
