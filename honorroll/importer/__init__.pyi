from . import documents as documents
from . import into_pictures as into_pictures
from . import into_project as into_project
