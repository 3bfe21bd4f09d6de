#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// iCalendar (RFC 5545). The tree of components keeps every content line as it was written, so that
/// what we do not understand survives; libical reads the values (property.hpp), and what a series
/// means is series.hpp.
namespace icalendar {

/// One content line, unfolded: "DTSTART;TZID=Europe/Warsaw:20260316T090000".
struct Line {
  std::string text{};
  std::size_t number{};  ///< In the file, from 1; 0 for lines of our own.

  /// In capitals: "DTSTART".
  std::string name() const;
  /// What stands after the first colon outside quotes.
  std::string_view value() const;
};

struct Component {
  std::string name{};  ///< In capitals: "VEVENT".
  std::size_t number{};
  bool ended{};  ///< Had an END of its own: what had none may be cut off.
  std::vector<Line> lines{};
  std::vector<Component> parts{};

  const Line* find(std::string_view property) const;
  std::vector<const Line*> find_all(std::string_view property) const;
};

/// Something that could not be read, and where: "line 12: ...".
struct Problem {
  std::size_t line{};
  std::string text{};
};

struct Content {
  std::vector<Component> roots{};
  std::vector<Problem> problems{};
};

constexpr std::size_t kContentBytesMax = std::size_t{64} << 20U;
constexpr std::size_t kLineBytesMax = std::size_t{4} << 20U;
constexpr std::size_t kComponentsMax = 200'000;
constexpr std::size_t kDepthMax = 8;
constexpr std::size_t kProblemsMax = 100;

/// Reads any bytes. What is no content line becomes a problem, the rest is kept. Throws
/// mcp::ToolError above kContentBytesMax or kComponentsMax.
Content read_content(std::string_view text);

/// As text with CRLF, lines folded at 75 bytes between characters.
std::string write(const Component& component);

/// A text value as it stands in a content line.
std::string escape(std::string_view text);

std::string to_upper(std::string_view text);

}  // namespace icalendar
