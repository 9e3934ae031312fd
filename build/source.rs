//! Values as Rust source: what a static of the program is initialised with.
//!
//! A type has to be serialised under its own name and those of its fields; a value that is made by a `const fn` is serialised as a tuple
//! struct of that name (`Date::of`). Words and lists are borrowed for ever.

use std::fmt::Display;

use serde::de::value::Error;
use serde::ser::{
    Impossible, Serialize, SerializeSeq, SerializeStruct, SerializeTuple, SerializeTupleStruct, Serializer,
};

/// The source of a value.
pub fn source(value: &impl Serialize) -> String {
    let mut source = Source(String::new());
    value.serialize(&mut source).expect("plain data");
    source.0
}

struct Source(String);

/// The name of the type of what was written; empty where nothing says it.
type Type = String;
type Written = Result<Type, Error>;

impl Source {
    fn plain(&mut self, value: impl Display) -> Written {
        self.0.push_str(&value.to_string());
        Ok(Type::new())
    }
}

/// A type by one of its variants or functions: `Date` of `Date::of`.
fn type_of(name: &str) -> Type {
    name.split("::").next().unwrap_or_default().to_string()
}

impl<'s> Serializer for &'s mut Source {
    type Ok = Type;
    type Error = Error;
    type SerializeSeq = Elements<'s>;
    type SerializeTuple = Fields<'s>;
    type SerializeTupleStruct = Fields<'s>;
    type SerializeTupleVariant = Impossible<Type, Error>;
    type SerializeMap = Impossible<Type, Error>;
    type SerializeStruct = Fields<'s>;
    type SerializeStructVariant = Impossible<Type, Error>;

    fn is_human_readable(&self) -> bool {
        false
    }

    fn serialize_bool(self, value: bool) -> Written {
        self.plain(value)
    }

    fn serialize_i8(self, value: i8) -> Written {
        self.plain(value)
    }

    fn serialize_i16(self, value: i16) -> Written {
        self.plain(value)
    }

    fn serialize_i32(self, value: i32) -> Written {
        self.plain(value)
    }

    fn serialize_i64(self, value: i64) -> Written {
        self.plain(value)
    }

    fn serialize_u8(self, value: u8) -> Written {
        self.plain(value)
    }

    fn serialize_u16(self, value: u16) -> Written {
        self.plain(value)
    }

    fn serialize_u32(self, value: u32) -> Written {
        self.plain(value)
    }

    fn serialize_u64(self, value: u64) -> Written {
        self.plain(value)
    }

    fn serialize_f32(self, value: f32) -> Written {
        self.plain(value)
    }

    fn serialize_f64(self, value: f64) -> Written {
        self.plain(value)
    }

    fn serialize_char(self, value: char) -> Written {
        self.plain(format_args!("{value:?}"))
    }

    fn serialize_str(self, value: &str) -> Written {
        self.plain(format_args!("Cow::Borrowed({value:?})"))?;
        Ok("Words".into())
    }

    fn serialize_bytes(self, value: &[u8]) -> Written {
        self.plain(format_args!("&{value:?}"))
    }

    fn serialize_none(self) -> Written {
        self.plain("None")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        self.serialize_newtype_struct("Some", value)
    }

    fn serialize_unit(self) -> Written {
        self.plain("()")
    }

    fn serialize_unit_struct(self, name: &'static str) -> Written {
        self.plain(name)
    }

    fn serialize_unit_variant(self, name: &'static str, _: u32, variant: &'static str) -> Written {
        // Some enums are written in lower case for people.
        let (first, rest) = variant.split_at(1);
        self.plain(format_args!("{name}::{}{rest}", first.to_uppercase()))?;
        Ok(name.into())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Written {
        self.plain(format_args!("{name}("))?;
        value.serialize(&mut *self)?;
        self.plain(")")?;
        Ok(type_of(name))
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Written {
        self.plain(format_args!("{name}::{variant}("))?;
        value.serialize(&mut *self)?;
        self.plain(")")?;
        Ok(name.into())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Elements<'s>, Error> {
        Ok(Elements { of: Type::new(), source: self, elements: Vec::new() })
    }

    fn serialize_tuple(self, _: usize) -> Result<Fields<'s>, Error> {
        self.plain("(")?;
        Ok(Fields { name: Type::new(), types: Some(Vec::new()), close: ")", source: self })
    }

    fn serialize_tuple_struct(self, name: &'static str, _: usize) -> Result<Fields<'s>, Error> {
        self.plain(format_args!("{name}("))?;
        Ok(Fields { name: type_of(name), types: None, close: ")", source: self })
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Error> {
        unimplemented!("no table has such a variant")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Error> {
        unimplemented!("no static can be a map")
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Fields<'s>, Error> {
        self.plain(format_args!("{name} {{ "))?;
        Ok(Fields { name: name.into(), types: None, close: "}", source: self })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Error> {
        unimplemented!("no table has such a variant")
    }
}

/// The fields of a struct or tuple.
struct Fields<'s> {
    name: Type,
    /// The types of the fields, of a tuple.
    types: Option<Vec<Type>>,
    close: &'static str,
    source: &'s mut Source,
}

impl Fields<'_> {
    fn field(&mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        self.source.plain(name)?;
        let of = value.serialize(&mut *self.source)?;
        self.source.plain(", ")?;
        self.types.iter_mut().for_each(|types| types.push(of.clone()));
        Ok(())
    }

    fn close(self) -> Written {
        self.source.plain(self.close)?;
        Ok(self.types.map_or(self.name, |types| format!("({})", types.join(", "))))
    }
}

impl SerializeStruct for Fields<'_> {
    type Ok = Type;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        self.field(&format!("r#{name}: "), value)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl SerializeTuple for Fields<'_> {
    type Ok = Type;
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.field("", value)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl SerializeTupleStruct for Fields<'_> {
    type Ok = Type;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.field("", value)
    }

    fn end(self) -> Written {
        self.close()
    }
}

/// The elements of a list, which becomes a static of its own.
struct Elements<'s> {
    /// Their type.
    of: Type,
    source: &'s mut Source,
    elements: Vec<String>,
}

impl SerializeSeq for Elements<'_> {
    type Ok = Type;
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        let mut element = Source(String::new());
        self.of = value.serialize(&mut element)?;
        self.elements.push(element.0);
        Ok(())
    }

    fn end(self) -> Written {
        let Elements { of, source, elements } = self;
        match elements.len() {
            0 => source.plain("Cow::Borrowed(&[])"),
            count => source.plain(format_args!(
                "{{ static LIST: [{of}; {count}] = [{}]; Cow::Borrowed(&LIST) }}",
                elements.join(",\n")
            )),
        }?;
        Ok(format!("List<{of}>"))
    }
}
