#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Tables that describe structs, and the readers that walk them: decode (JSON into a struct, every
/// complaint at once), encode (a struct as JSON bytes), text (a struct as words for a model) and
/// weight (the bytes it takes in an answer). `schema_gen` writes one constexpr table per struct
/// from the schemas; the readers are compiled once.
namespace mcp::fields {

enum class Kind : std::uint8_t { Bool, Int, Number, String, Enum, Scalar, Object, List };

struct Type;

/// How to reach the elements of a std::vector<T> whose T the table does not know.
struct ListAccess {
  std::size_t (*size)(const void* list){};
  const void* (*at)(const void* list, std::size_t index){};
  void* (*append)(void* list){};  ///< Appends a default element and returns it.
};

/// The same for std::optional<T>.
struct OptionalAccess {
  const void* (*get)(const void* optional){};  ///< Null when empty.
  void* (*emplace)(void* optional){};          ///< A default T in place, returned.
};

/// A value that travels as a JSON string (or, for common::Json, as any JSON) and is more on our
/// side: `parse` sets *value or returns what was expected, in words ("expected a date or time such
/// as ...").
struct Scalar {
  std::string_view name{};
  std::optional<std::string> (*parse)(std::string_view text, void* value){};
  std::string (*print)(const void* value){};
  bool json{};  ///< The text is JSON itself: read with dump(), written as it is.
};

struct Field {
  std::string_view name{};
  const Type* type{};
  std::uint32_t offset{};
  const OptionalAccess* optional{};  ///< Null where the member is a plain T.
  bool required{};   ///< An argument that must be given; a result member that is always written.
  bool untrusted{};  ///< Words that others may have written (`x-untrusted`).
  bool long_text{};  ///< Printed last, on lines of its own (`x-long`).
  bool has_default{};
  double default_number{};  ///< Of Bool (0, 1), Int, Number and Enum (its index).
  std::string_view default_text{};
  double minimum{};  ///< Numbers, of a list its elements; unbounded where minimum > maximum.
  double maximum{-1};
  std::uint32_t min_length{};  ///< Code points of a string, items of a list.
  std::uint32_t max_length{UINT32_MAX};
  std::uint32_t element_max_length{UINT32_MAX};  ///< Of the strings in a list of strings.
};

struct Type {
  std::string_view name{};  ///< As in the schema: "Task", "string", ...
  Kind kind{};
  std::uint32_t size{};             ///< sizeof the C++ type, for Enum and Int (1, 4 or 8).
  std::span<const Field> fields{};  ///< Object
  std::span<const std::string_view> names{};  ///< Enum, in order of the enumerators
  const Type* element{};                      ///< List
  const ListAccess* list{};                   ///< List
  const Scalar* scalar{};                     ///< Scalar
  std::string_view text_member{};    ///< `x-text`: the text of an answer is this member alone.
  std::string_view blocks_member{};  ///< `x-blocks`: this list is the content of the answer.
  bool maskable{};                   ///< Rows that an argument `fields` selects from.
  bool row_untrusted{};  ///< Object with a member `untrusted` that governs its `~` strings.
};

/// Which members of rows of one type are shown. An empty mask (row == nullptr) shows everything.
struct Mask {
  const Type* row{};
  std::uint64_t shown{~std::uint64_t{0}};  ///< Bit i = row->fields[i].
  bool shows(const Type& type, std::size_t index) const {
    return row != &type || ((shown >> index) & 1U) != 0;
  }
};

enum class Unknown : std::uint8_t { Refuse, Ignore };

/// Reads `json` into the default-constructed struct `out` of Object type `type`. Absent, null, ""
/// and [] in an optional member mean "left alone". Returns every complaint, each "POINTER: expected
/// ..., got
/// ..."; `out` is only meaningful when there is none.
std::vector<std::string> decode(const Type& type, const nlohmann::json& json, void* out,
                                Unknown unknown = Unknown::Refuse);

/// Decoding of an answer rather than of a request: every member that is present must fit, defaults
/// fill what was left out, unknown members are complaints. Used by hosts and by tests of our own
/// encoder.
std::vector<std::string> decode_answer(const Type& type, const nlohmann::json& json, void* out);

/// The struct as one JSON object. Members that are absent, empty or at their default are left out,
/// unless `required`. Invalid UTF-8 becomes U+FFFD.
std::string encode(const Type& type, const void* value, const Mask& mask = {});

/// The struct as text that stands alone: a line a row, "field: value" pairs, long text last; words
/// of others between « and ».
std::string text(const Type& type, const void* value, const Mask& mask = {});

/// The member that is the content of an answer, a list of content blocks, as JSON; empty where the
/// type has none and the text is the content.
std::string blocks(const Type& type, const void* value);

/// Words of others as text() stands them: between « and », those marks inside them replaced, on one
/// line.
std::string marked(std::string_view words);

/// Bytes that `value` takes in an encoded answer.
std::size_t weight(const Type& type, const void* value, const Mask& mask = {});

/// True if the value holds words of others: a non-empty `untrusted` string in a row that has
/// `untrusted` true, or that has no such member.
bool holds_untrusted(const Type& type, const void* value, const Mask& mask = {});

/// The words a caller names in `fields`, as a mask over `row`; `id` and `untrusted` always come
/// along. Complains about names that the row does not have.
std::optional<std::string> make_mask(const Type& row, std::span<const std::string> names,
                                     Mask& out);

/// Appends `text` as a JSON string, quotes included.
void append_json_string(std::string& out, std::string_view text);

/// The table of a generated struct; each generated header specialises it.
template <class T>
const Type& type_of();

}  // namespace mcp::fields
